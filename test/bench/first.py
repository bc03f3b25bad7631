#!/usr/bin/env python3
"""test/bench/first.py BINARY DATABASE TIMES – from the start of `serve` until its home page is wholly
answered: milliseconds of each start. One waiting client asks each millisecond: a loop of curl takes one
of two cores from the server and adds its own start of some 30 ms."""
import socket
import subprocess
import sys
import time

PAGE = b"GET /kk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def answer(port, until):
    while True:
        try:
            with socket.create_connection(("127.0.0.1", port)) as s:
                s.sendall(PAGE)
                return b"".join(iter(lambda: s.recv(65536), b""))
        except ConnectionRefusedError:
            if time.monotonic() > until:
                sys.exit("no answer within 10 s")
            time.sleep(0.001)


def start(binary, database):
    port = free_port()
    begin = time.monotonic()
    server = subprocess.Popen([binary, "serve", "--db", database, "--listen", f"127.0.0.1:{port}", "--quiet"])
    try:
        page = answer(port, begin + 10)
        took = time.monotonic() - begin
    finally:
        server.terminate()
        server.wait()
    if not page.startswith(b"HTTP/1.1 200 ") or not page.rstrip().endswith(b"</html>"):
        sys.exit("the home page did not come")
    return round(took * 1000)


def main():
    binary, database, times = sys.argv[1:]
    print(*(start(binary, database) for _ in range(int(times))))


main()
