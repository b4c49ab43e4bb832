"""Our own small HTTP: any answer in any pieces, nothing taken for an answer that is none, nobody believed unproved."""

from __future__ import annotations

import asyncio
import datetime as dt
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from telegram.error import NetworkError

from bot.handlers.http import AiohttpRequest
from bot.handlers.http_answer import Answer, NoHttp

HEAD = b"HTTP/1.1 200 OK\r\n"
PLAIN = HEAD + b"Content-Length: 5\r\n\r\nhello"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("told", "status", "body", "kept"),
    [
        (PLAIN, 200, b"hello", True),
        (PLAIN.replace(b"OK", b"OK\r\nConnection: close"), 200, b"hello", False),
        (PLAIN.replace(b"1.1", b"1.0"), 200, b"hello", False),
        (PLAIN.replace(b"1.1 200 OK", b"1.0 200 OK\r\nConnection: Keep-Alive"), 200, b"hello", True),
        (PLAIN.replace(b"200 OK", b"429"), 429, b"hello", True),
        (PLAIN.replace(b"Content-Length: 5", b"content-length:5"), 200, b"hello", True),
        (CHUNKED, 200, b"hello", True),
        (CHUNKED.replace(b"0\r\n\r\n", b"0\r\nX: y\r\n\r\n"), 200, b"hello", True),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + PLAIN, 200, b"hello", True),
        (b"HTTP/1.1 204 No Content\r\n\r\n", 204, b"", True),
    ],
)
def test_an_answer_is_read_in_whatever_pieces_it_comes(told: bytes, status: int, body: bytes, kept: bool) -> None:
    for size in (1, 2, 7, len(told)):
        answer = Answer()
        for at in range(0, len(told), size):
            assert not answer.done
            answer.take(told[at : at + size])
        assert (answer.done, answer.status, answer.body, answer.kept) == (True, status, body, kept)


def test_what_comes_after_an_answer_ends_the_connection() -> None:
    answer = Answer()
    answer.take(PLAIN + b"HTTP/1.1")
    assert (answer.body, answer.kept) == (b"hello", False)


def test_an_answer_without_a_length_ends_with_the_connection() -> None:
    answer = Answer()
    answer.take(HEAD + b"\r\nhel")
    answer.take(b"lo")
    assert not answer.done
    answer.end()
    assert (answer.body, answer.kept) == (b"hello", False)


@pytest.mark.parametrize(
    "told",
    [
        b"220 mail.example.com ESMTP\r\n\r\n",
        HEAD + b"Content-Length: -5\r\n\r\n",
        HEAD + b"Content-Length: 5x\r\n\r\n",
        HEAD + b"Content-Length: 99999999999\r\n\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n",
        b"x" * 70_000,
    ],
)
def test_what_is_no_answer_is_not_taken_for_one(told: bytes) -> None:
    with pytest.raises(NoHttp):
        Answer().take(told)


@pytest.mark.parametrize("told", [b"", HEAD, PLAIN[:-1], CHUNKED[:-1]])
def test_an_answer_that_breaks_off_is_none(told: bytes) -> None:
    answer = Answer()
    answer.take(told)
    assert not answer.done
    with pytest.raises(NoHttp):
        answer.end()


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """One for `localhost` that nobody vouches for: the file, and a server's context with it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), dt.datetime.now(dt.UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file, secret = folder / "certificate.pem", folder / "key.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, secret)
    return file, context


@pytest.mark.parametrize(
    ("trusted", "host", "gets_through"),
    [(True, "localhost", True), (False, "localhost", False), (True, "127.0.0.1", False)],
)
async def test_a_server_is_believed_only_with_a_certificate_for_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trusted: bool, host: str, gets_through: bool
) -> None:
    file, context = certificate(tmp_path)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(file))
    asked = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal asked
        while await reader.readuntil(b"\r\n\r\n"):
            asked += 1
            writer.write(PLAIN.replace(b"5\r\n\r\nhello", b'13\r\n\r\n{"result": 7}'))

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
    request = AiohttpRequest(2)
    await request.initialize()
    url = f"https://{host}:{server.sockets[0].getsockname()[1]}/x"
    try:
        if gets_through:
            assert [await request.post(url), await request.post(url)] == [7, 7]
            assert asked == 2
        else:
            with pytest.raises(NetworkError):
                await request.post(url)
            assert asked == 0
    finally:
        await request.shutdown()
        server.close()
