"""No machine is talked to that the internet could not reach, however its address is written."""

from ipaddress import ip_address

import pytest

from messagecheck.crawler.addresses import is_public, is_public_or_internal, resolve
from messagecheck.crawler.errors import RefusedError, UnreachableError

PUBLIC = ("8.8.8.8", "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "2a00:1450:4001:80b::200e")
INTERNAL = ("127.0.0.1", "127.255.255.254", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "::1", "fd00::1")
NEVER = (
    "169.254.169.254",  # where clouds keep their secrets
    "fe80::1",
    "0.0.0.0",
    "::",
    "255.255.255.255",
    "240.0.0.1",
    "224.0.0.1",
    "233.252.0.1",
    "ff02::1",
    "192.0.2.1",
    "198.18.0.1",
    "192.88.99.1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:8.8.8.8",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "fec0::1",
    "100::1",
)


@pytest.mark.parametrize("address", PUBLIC)
def test_the_internet_is_public(address: str):
    assert is_public(ip_address(address))


@pytest.mark.parametrize("address", INTERNAL)
def test_an_intranet_is_permitted_only_when_asked_for(address: str):
    assert not is_public(ip_address(address))
    assert is_public_or_internal(ip_address(address))


@pytest.mark.parametrize("address", NEVER)
def test_some_machines_are_never_permitted(address: str):
    assert not is_public(ip_address(address))
    assert not is_public_or_internal(ip_address(address))


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "[::1]"])
def test_a_loopback_address_is_known_in_any_spelling(host: str):
    with pytest.raises(RefusedError, match=r"is no public address; crawl --allow-private and crawl.allow_private"):
        resolve(host, 80, is_public)


def test_what_no_option_permits_is_refused_without_a_hint():
    with pytest.raises(RefusedError) as error:
        resolve("169.254.169.254", 80, is_public_or_internal)
    assert str(error.value) == "169.254.169.254 is at 169.254.169.254, which is no public address"


def test_one_forbidden_answer_refuses_the_host():
    """localhost answers 127.0.0.1 or ::1; whichever is not permitted decides."""
    answers = resolve("localhost", 80, is_public_or_internal)
    with pytest.raises(RefusedError):
        resolve("localhost", 80, lambda address: str(address) != answers[-1])


def test_a_name_without_an_address_is_an_error_that_names_it():
    with pytest.raises(UnreachableError, match=r"no address is known for nowhere\.invalid"):
        resolve("nowhere.invalid", 80, is_public)


def test_a_name_that_is_none_is_an_error_too():
    with pytest.raises(UnreachableError):
        resolve(f"{'a' * 70}.example", 80, is_public)
