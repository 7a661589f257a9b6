"""What admission asks beside its checks: given texts, what is there already, what stands in for the refused."""
