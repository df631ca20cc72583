"""What `make run` makes of the environment."""

import pytest

from stars.config.run import CHECKOUT, BadEnvironment, read_choices


def test_nothing_said_means_the_usual_places() -> None:
    choices = read_choices({})
    assert (choices.port, choices.simulator_port) == (8000, 8001)
    assert choices.data_folder == CHECKOUT / ".data"
    assert choices.database_url == ""


def test_the_simulator_follows_the_port() -> None:
    assert read_choices({"PORT": "9100"}).simulator_port == 9101


def test_everything_can_be_said() -> None:
    said = {"PORT": "9100", "IDP_PORT": "9000", "STARS_DATA": "/srv/dati", "DATABASE_URL": "postgres://a@b/c"}
    choices = read_choices(said)
    assert (choices.port, choices.simulator_port) == (9100, 9000)
    assert str(choices.data_folder) == "/srv/dati"
    assert choices.connect() == "postgres://a@b/c"


@pytest.mark.parametrize("value", ["http", "-1", "0", "65536", "80 80", "²"])
def test_a_port_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(BadEnvironment, match="PORT is"):
        read_choices({"PORT": value})


def test_the_registers_follow_the_port() -> None:
    assert read_choices({"PORT": "9100"}).registers_port == 9102
    assert read_choices({"PORT": "9100", "REGISTERS_PORT": "9500"}).registers_port == 9500


def test_one_port_for_both_simulators_is_refused() -> None:
    with pytest.raises(BadEnvironment, match="IDP_PORT and REGISTERS_PORT are both 9200"):
        read_choices({"PORT": "9100", "IDP_PORT": "9200", "REGISTERS_PORT": "9200"})


def test_one_port_for_both_is_refused() -> None:
    with pytest.raises(BadEnvironment, match="must differ"):
        read_choices({"PORT": "9100", "IDP_PORT": "9100"})


def test_the_last_port_leaves_none_for_the_simulator() -> None:
    with pytest.raises(BadEnvironment, match="IDP_PORT is “65536”"):
        read_choices({"PORT": "65535"})
