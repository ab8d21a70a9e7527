"""The stage draws on a machine without OpenGL."""

import subprocess
import sys

import pytest

pytest.importorskip("skia", exc_type=ImportError)

DRAWN = """
import ctypes, os, platform, re, importlib.util
from pathlib import Path
from dramatis.stage import opengl_stubs

opengl_stubs._loads = lambda name: False  # as if the machine had neither
opengl_stubs.replace_missing()
import skia
import numpy as np

pixels = np.zeros((8, 8, 4), np.uint8)
skia.Surface(pixels, skia.kRGBA_8888_ColorType).getCanvas().clear(skia.ColorRED)
assert (pixels[..., 0] == 255).all()
maps = Path("/proc/self/maps").read_text()
print(len(re.findall("memfd:lib(?:EGL|GL).so.1", maps)), len(re.findall(r"/libGL\\.so", maps)))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="OpenGL is part of other systems")
def test_skia_draws_with_libraries_that_do_nothing() -> None:
    blocked = DRAWN.replace("from dramatis.stage import opengl_stubs", LOADED_ALONE)
    result = subprocess.run([sys.executable, "-c", blocked], capture_output=True, text=True, check=True)
    made, real = map(int, result.stdout.split())
    assert made >= 2
    assert real == 0


LOADED_ALONE = """import dramatis
place = Path(dramatis.__file__).parent / "stage" / "opengl_stubs.py"  # the package itself loads what the machine has
spec = importlib.util.spec_from_file_location("opengl_stubs", place)
opengl_stubs = importlib.util.module_from_spec(spec)
spec.loader.exec_module(opengl_stubs)"""
