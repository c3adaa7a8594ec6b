"""The commands of the app's image."""

import sys


def runserver():
    import server

    server.run()


def dequeue():
    import dequeue as command

    command.dequeue()


def runcrons():
    import crons

    crons.run()


COMMANDS = {command.__name__: command for command in (runserver, dequeue, runcrons)}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(f"usage: manage.py {'|'.join(COMMANDS)}")
    COMMANDS[sys.argv[1]]()
