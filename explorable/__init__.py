"""An engine that makes a Jupyter Book explorable: figures that move, cells that run, a tutor."""
