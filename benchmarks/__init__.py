"""Speed and quality on this machine: `python -m benchmarks PART` (`--help` names the parts, `__main__` lists them).

`running` runs the command line and observes it; most parts begin there. Parts of one subject share a folder: `films/` (long
films, decoded frames, workers), `drawing/` (the engine `drawn` and the stage), `hearing/` (voices, mixes, turns), `networks/`
(single networks, beside published ones), `serving/` (the service under load).
"""
