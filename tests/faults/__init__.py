"""What machines do to a ledger: killed writers, failing disks, power cuts, rot. One fault a file."""
