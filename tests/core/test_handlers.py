import pytest

from foundation.core import checks, handlers


@pytest.fixture(autouse=True)
def own_registry(monkeypatch):
    monkeypatch.setattr(handlers, "_owners", {})
    monkeypatch.setattr(handlers, "_expected", set())


def one(**given):
    return given


def other(**given):
    return given


def test_a_key_is_answered_by_its_one_owner():
    handlers.register("lamp.light", one)
    handlers.register("lamp.light", one)
    assert handlers.has("lamp.light")
    assert handlers.call("lamp.light", watts=3) == {"watts": 3}


def test_a_second_owner_is_refused():
    handlers.register("lamp.light", one)
    with pytest.raises(handlers.HandlerTaken):
        handlers.register("lamp.light", other)


def test_calling_what_nobody_owns_says_which_key():
    with pytest.raises(handlers.HandlerMissing, match=r"lamp\.light"):
        handlers.call("lamp.light")


def test_start_up_names_expected_keys_without_owner():
    handlers.expect("lamp.light")
    assert [error.msg for error in checks.handlers_have_owners(None)] == ["nobody owns the handler 'lamp.light'"]
    handlers.register("lamp.light", one)
    assert checks.handlers_have_owners(None) == []


def test_many_owners_are_collected_by_prefix():
    handlers.register("work:b", other)
    handlers.register("work:a", one)
    handlers.register("other:a", one)
    assert handlers.collect("work:") == [("work:a", one), ("work:b", other)]
