"""What `mathdl.faq` publishes."""

from mathdl import faq


def test_the_published_names_are_there():
    assert set(faq.__all__) <= set(dir(faq))
