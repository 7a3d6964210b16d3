"""The screens: the panes, one order's detail, questions, and the lists of keys and commands."""
