"""`dramatis serve`: films for programs and people, over HTTP.

Start with `core`: the service without its wires. A request becomes a job in the `job_queue` (`ordering`: whose turn it is), a
lane takes it (`lanes`), and a child process makes it (`film_child`); `events` tell listeners. Uploads come in by `asset_store`,
and are decoded first by the `inspector`, a process with limits. `web` has the HTTP wires; all of them call only the core.
"""
