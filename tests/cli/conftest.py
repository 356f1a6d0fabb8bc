"""The command line is tested without the user's own lab profile and kept copies."""

import pytest


@pytest.fixture(scope="session", autouse=True)
def _nothing_of_the_users(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INSITU_ADVISOR_CACHE", str(tmp_path_factory.mktemp("copies")))
        patch.setenv("INSITU_ADVISOR_LAB", "none")
        yield
