"""What a page has in the place of what it lacks."""

import importlib
import importlib.util

import pytest

from explorable.python import standins
from explorable.python.standins import NeedsNotebookError, install


@pytest.fixture
def page(nothing_to_import):
    install()


def test_only_what_a_page_lacks_is_found_and_has_no_special_names(page):
    assert importlib.util.find_spec("dask.distributed").name == "dask.distributed"
    assert importlib.util.find_spec("daskless") is None
    with pytest.raises(ModuleNotFoundError, match=r"^No module named 'daskless'$"):
        importlib.import_module("daskless")
    import matplotlib

    for each in (matplotlib, matplotlib.Figure):
        with pytest.raises(AttributeError) as caught:
            each.__wrapped__  # noqa: B018
        assert caught.value.args == ("__wrapped__",)
        assert each._private is not None


def test_what_a_page_lacks_can_be_imported_and_says_so_when_it_is_called(page):
    import matplotlib.pyplot as plt
    from dask.distributed import Client

    assert (plt.__name__, plt.__package__, plt.__path__) == (("matplotlib.pyplot",) * 2 + ([],))
    for call, name in [
        (plt.plot, "matplotlib.pyplot.plot"),
        (plt.Axes.plot, "matplotlib.pyplot.Axes.plot"),
        (Client, "dask.distributed.Client"),
    ]:
        with pytest.raises(NeedsNotebookError) as caught:
            call(1, linewidth=2)
        refused = f"{name} is not there in a page: run this cell in the notebook."
        assert str(caught.value) == refused


def test_tasks_run_one_after_another(page):
    from joblib import Parallel, delayed, effective_n_jobs

    ran = []

    def task(value, *, factor=1):
        ran.append(value)
        return value * factor

    parallel = Parallel(n_jobs=4, prefer="threads")
    tasks = [delayed(task)(1), delayed(task)(3, factor=2), delayed(task)(value=2)]
    assert ran == []
    assert parallel(tasks) == [1, 6, 2]
    assert ran == [1, 3, 2]
    assert (parallel.n_jobs, effective_n_jobs(), effective_n_jobs(8)) == (4, 1, 1)
    assert importlib.import_module("joblib").__name__ == "joblib"


def test_a_joblib_that_is_there_stays(monkeypatch, nothing_to_import):
    monkeypatch.setitem(standins.sys.modules, "joblib", "what is there")
    install()
    assert importlib.import_module("joblib") == "what is there"
