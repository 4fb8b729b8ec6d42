"""A plan and an input in, a result out: the rules run over the tree."""
