"""Who somebody is: how each agency knew them, what was decided of it, and saying that two are one or one is two."""
