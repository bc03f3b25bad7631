"""tls_test.py – serve --tls: who trusts the authority is let in, who does not is not; plain HTTP only leads there."""
import http.client
import os
import re
import ssl
import stat

import house
from house import check, only, same


def ports(server):
    said = server.said()
    return int(re.search(r"https://.*:(\d+)/", said).group(1)), int(re.search(r"plain HTTP on port (\d+)", said).group(1))


def ask(port, path, authority=None, host="127.0.0.1", method="GET", body=None, plain=False):
    if plain:
        con = http.client.HTTPConnection(host, port, timeout=30)
    else:
        trust = ssl.create_default_context(cafile=authority)
        con = http.client.HTTPSConnection(host, port, timeout=30, context=trust)
    try:
        con.request(method, path, body)
        r = con.getresponse()
        return r.status, {k.lower(): v for k, v in r.getheaders()}, r.read()
    finally:
        con.close()


@only("sqlite")
def test_trust(room):
    room.out("init")
    server = room.serve(args=("--quiet", "--tls", "--tls-port", "0"))
    secure, plain = ports(server)
    folder = room.db + ".tls"
    authority = os.path.join(folder, "authority.crt")
    for host in ("127.0.0.1", "localhost"):
        status, head, _ = ask(secure, "/kk/", authority, host)
        same(status, 200, "a client that trusts, " + host)
        check("strict-transport-security" not in head, "no promise for every port of the name", head)
    for cafile in (None, "other"):
        if cafile:
            other = house.Room("sqlite")
            with other:
                other.out("init")
                s = other.serve(args=("--quiet", "--tls", "--tls-port", "0"))
                cafile = other.db + ".tls/authority.crt"
                s.stop()
                refused(secure, cafile)
        else:
            refused(secure, None)
    same(stat.S_IMODE(os.stat(folder).st_mode), 0o700, "the folder")
    for name in os.listdir(folder):
        same(stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode), 0o600, name)
    with open(authority, encoding="ascii") as f:
        pem = f.read()
    same(ask(plain, "/tls/authority.crt", plain=True)[2], ssl.PEM_cert_to_DER_cert(pem), "what the telephone is given")
    cookie = ask(secure, "/kk/sign-in", authority)[1].get("set-cookie", "; Secure")
    check("; Secure" in cookie, "cookies only travel over TLS", cookie)
    server.stop()
    server = room.serve(args=("--quiet", "--tls", "--tls-port", "0"))
    with open(authority, encoding="ascii") as f:
        same(f.read(), pem, "made once")
    same(ask(ports(server)[0], "/healthz", authority)[0], 200, "after another start")
    server.stop()


def refused(port, cafile):
    try:
        ask(port, "/kk/", cafile)
    except ssl.SSLCertVerificationError:
        return
    raise house.Failed("a client that does not trust the authority was let in")


@only("sqlite")
def test_plain_leads_there(room):
    room.out("init")
    server = room.serve(args=("--quiet", "--tls", "--tls-port", "0"))
    secure, plain = ports(server)
    for method, body in (("GET", None), ("HEAD", None), ("POST", "login=x&password=secret")):
        status, head, _ = ask(plain, "/kk/sign-in?next=%2Fkk%2F", plain=True, method=method, body=body)
        same((status, head["location"]), (307, f"https://127.0.0.1:{secure}/kk/sign-in?next=%2Fkk%2F"), method)
        check("set-cookie" not in head, "nothing is said openly", head)
    for path in ("/kk/tls", "/ru/tls", "/en/tls", "/healthz"):
        same(ask(plain, path, plain=True)[0], 200, path)
    page = ask(plain, "/en/tls", plain=True)[2].decode()
    check(page.count("<li><svg class='tele'") == 6, "three steps for two kinds of telephones", page[-3000:])
    check(re.search(r"([0-9A-F]{2}:){31}[0-9A-F]{2}", page), "the fingerprint")
    for path in ("/kk/tls/x", "/kk/people/tls", "/tlsx"):
        same(ask(plain, path, plain=True)[0], 307, path)
    server.stop()


@only("sqlite")
def test_words(room):
    room.out("init")
    p = room.run("serve", "--tls", "--listen", "unix:" + os.path.join(room.dir, "x.sock"))
    check(p.returncode == 3 and b"unix socket" in p.stderr, "TLS on a unix socket", p.returncode, p.stderr)
    p = room.run("serve", "--tls", "--tls-port", "70000")
    check(p.returncode == 2 and b"--tls-port" in p.stderr, "a port that is none", p.stderr)
    os.makedirs(room.db + ".tls")
    with open(room.db + ".tls/authority.key", "w", encoding="ascii") as f:
        f.write("broken")
    p = room.run("serve", "--tls", "--tls-port", "0", "--listen", "127.0.0.1:0")
    check(p.returncode == 3 and b"authority.crt" in p.stderr, "half an authority is not replaced", p.stderr)


if __name__ == "__main__":
    house.main([test_trust, test_plain_leads_there, test_words])
