"""What `mathdl.background` publishes."""

from mathdl import background


def test_the_published_names_are_there():
    assert set(background.__all__) <= set(dir(background))
