"""The copy of a store on another machine, in a file of this one, with the index of its lines."""
