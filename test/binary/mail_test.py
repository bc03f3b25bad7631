"""mail_test.py – a forgotten password by e-mail: the real program and a mail server of a few lines."""
import email
import email.policy
import re
import socket
import threading
import time

import house
from house import check, only, same


class Mailbox:
    """Speaks as much SMTP as a sender needs. refuse: how many letters to put off (451) first."""

    def __init__(self, host="127.0.0.1", refuse=0):
        self.refuse, self.letters, self.heard = refuse, [], []
        self.sock = socket.create_server((host, 0))
        self.port = self.sock.getsockname()[1]
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        while True:
            try:
                con, _ = self.sock.accept()
            except OSError:
                return
            with con, con.makefile("rwb") as f:
                try:
                    self.talk(f)
                except OSError:
                    pass

    def talk(self, f):
        def say(line):
            f.write(line.encode() + b"\r\n")
            f.flush()

        say("220 here")
        for line in f:
            word = line.decode("ascii", "replace").strip()
            self.heard.append(word)
            verb = word[:4].upper()
            if verb == "MAIL" and self.refuse > 0:
                self.refuse -= 1
                say("451 later")
            elif verb == "DATA":
                say("354 go on")
                data = b""
                while not data.endswith(b"\r\n.\r\n"):
                    data += f.readline()
                self.letters.append(data[:-3])
                say("250 taken")
            elif verb == "QUIT":
                say("221 bye")
                return
            else:
                say("250 yes")


def wait(what, seconds=20):
    until = time.monotonic() + seconds * house.SLOW
    while time.monotonic() < until:
        got = what()
        if got:
            return got
        time.sleep(0.1)
    raise house.Failed("it does not come")


def setting(room, name, value):
    room.sql(f"INSERT INTO setting (name, value, changed_at) VALUES ('{name}', '{value}', 0)")


@only("sqlite")  # the outbox itself is tried on both engines by core/outbox_test.c
def test_code_by_letter(room):
    """Asked for on the page, put off once by the mail server, taken the second time; the code opens."""
    room.demo()
    box = Mailbox(refuse=1)
    setting(room, "mail_server", f"smtp://127.0.0.1:{box.port}")
    setting(room, "mail_from", "office@example.org")
    room.out("user", "email", "clerk", "clerk@example.org")
    server = room.serve()
    guest = server.client()
    page = guest.get("/kk/reset")[2].decode()
    check("/kk/reset/mail" in page, "the page offers a letter", page[-1500:])

    def ask(login):
        return guest.send_form("/kk/reset/mail",
                               {"login": login, "_csrf": guest.csrf("/kk/reset", "/kk/reset/mail")})

    known, unknown = ask("clerk"), ask("nobody")
    same(known[0], 303, "asked")
    same((known[0], known[1]["location"], known[1].get("set-cookie")),
         (unknown[0], unknown[1]["location"], unknown[1].get("set-cookie")), "the same answer for a login that is not there")
    wait(lambda: room.number("SELECT count(*) FROM outbox WHERE state = 'open' AND tries = 1 AND error IS NOT NULL"))
    same(box.letters, [], "put off")
    room.sql("UPDATE outbox SET due_at = 0 WHERE state = 'open'")
    wait(lambda: box.letters)
    check("RCPT TO:<clerk@example.org>" in box.heard, "the receiver", box.heard)
    letter = email.message_from_bytes(box.letters[0], policy=email.policy.default)
    check("clerk@example.org" in letter["to"], "to", letter["to"])
    # Some readers keep the blank between two encoded words of a name (RFC 2047, 6.2 says not to).
    check("office@example.org" in letter["from"] and "Ассамблеясы" in letter["from"].replace(" ", ""),
          "from the institution", letter["from"])
    text = letter.get_content()
    code = re.search(r"\b([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})\b", text)
    check(code and "clerk" in text and "құпиясөз" in text, "the letter in the account's language", text)
    wait(lambda: room.number("SELECT count(*) FROM outbox WHERE state = 'sent' AND letter IS NULL"))
    fields = {"login": "clerk", "code": code.group(1), "password": "жаңа құпия 2024",
              "_csrf": guest.csrf("/kk/reset", "/kk/reset")}
    same(guest.send_form("/kk/reset", fields)[0], 303, "the new password is set")
    check(guest.sign_in("clerk", fields["password"])[1], "and opens")
    check(code.group(1) not in server.said() and "clerk@" not in server.said(), "neither code nor address is logged")
    server.stop()


@only("sqlite")
def test_no_letter_in_the_open(room):
    """A server beyond this machine that offers no TLS gets neither letter nor receiver."""
    room.demo()
    box = Mailbox(host="127.0.0.2")
    setting(room, "mail_server", f"smtp://127.0.0.2:{box.port}")
    setting(room, "mail_from", "office@example.org")
    room.out("user", "email", "clerk", "clerk@example.org")
    server = room.serve()
    guest = server.client()
    same(guest.send_form("/kk/reset/mail", {"login": "clerk", "_csrf": guest.csrf("/kk/reset", "/kk/reset/mail")})[0],
         303, "asked")
    wait(lambda: room.number("SELECT count(*) FROM outbox WHERE tries = 1 AND error IS NOT NULL"))
    check(box.letters == [] and not any("clerk" in h for h in box.heard), "nothing went out", box.heard)
    server.stop()


if __name__ == "__main__":
    house.main([test_code_by_letter, test_no_letter_in_the_open])
