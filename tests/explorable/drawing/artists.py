"""What stands on an Axes."""

from matplotlib.image import AxesImage


def words(axes):
    return [text.get_text() for text in axes.texts]


def written(axes):
    return [word for word in words(axes) if word]


def pictures(axes):
    return [child for child in axes.get_children() if isinstance(child, AxesImage)]
