"""The engine that makes a Matplotlib figure explorable, with a kernel and without one."""
