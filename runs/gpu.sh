#!/bin/sh
# Minutes of one GPU: the native model goes on from the shipped weights, on all that the stage draws with one person or two.
#
#   sh runs/gpu.sh [folder] [minutes]   train; the results lie in the folder (else $OUT, else training-gpu), after 8 minutes in all
#   sh runs/gpu.sh pack                 beforehand, where packages can be fetched: what a GPU machine without network lacks, into .gpu/
#
# Results are at most eight files of less than 16 MiB: weights in half precision (larger ones in pieces: cat name.safetensors.* >
# name.safetensors), the log, and frames of held-out films (sheet.png). They are written however the training ends. PYTHON names
# the interpreter; it needs PyTorch, and what else is missing is taken from .gpu/ or installed. Without a GPU it is a small trial.
# Where only a small tree may travel to the machine: docs, tests, benchmarks and weights/reader.safetensors are not needed there.
set -eu
cd "$(dirname "$0")/.."
limit=15000000 # bytes of a file
call='import sys, pathlib; from dramatis.cli.train import trained; trained("whole", float(sys.argv[1]), pathlib.Path(sys.argv[2]))'

pack() { # for Python 3.12 on x86-64 Linux; eSpeak's data of other languages than the stage's are left out
  rm -rf .gpu && mkdir -p .gpu/site/lib
  for glibc in 28 27 17; do set -- "$@" --platform "manylinux_2_${glibc}_x86_64"; done
  set -- "$@" --no-deps --only-binary=:all: --python-version 3.12 --implementation cp
  "$python" -m pip install --quiet --target .gpu/site "$@" skia-python==144.1 soxr==1.1.0 espeakng-loader==0.2.4
  find .gpu/site/espeakng_loader -name '*_dict' ! -name en_dict ! -name cmn_dict -delete
  for library in $(ldd .gpu/site/skia*.so | grep -E 'lib(EGL|GL|GLX|GLdispatch|X11|xcb|Xau|Xdmcp|bsd|md|expat)[.]' | awk '{print $3}'); do
    cp -L "$library" .gpu/site/lib/
  done
  tar -cJf .gpu/parts.tar.xz -C .gpu/site . && rm -r .gpu/site
  ls -l .gpu/parts.tar.xz
}

complete() {
  "$python" -c 'import cv2, espeakng_loader, jaxtyping, numpy, PIL, safetensors, skia, soxr, torch' 2> "$work/missing.txt"
}

prepare() {
  if ! complete && [ -f .gpu/parts.tar.xz ]; then
    mkdir -p "$work/site" && tar -xJf .gpu/parts.tar.xz -C "$work/site"
    export PYTHONPATH="$PYTHONPATH:$work/site"
    complete || export LD_LIBRARY_PATH="${LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}$work/site/lib"
  fi
  if ! complete; then
    echo "Installing what is missing ($(tail -n 1 "$work/missing.txt")) ..."
    "$python" -m venv --system-site-packages "$work/venv"
    python=$work/venv/bin/python
    "$python" -m pip install --quiet torch numpy opencv-python-headless safetensors jaxtyping pillow \
      skia-python soxr espeakng-loader
    complete || { cat "$work/missing.txt"; exit 1; }
  fi
}

deliver() { # whatever there is, in files that are small enough
  for name in transformer motion refiner upscaler interpolator; do
    file=$work/run/$name.safetensors
    [ -f "$file" ] && ! cmp -s "$file" "src/dramatis/weights/$name.safetensors" || continue
    rm -f "$folder/$name.safetensors"*
    if [ "$(wc -c < "$file")" -gt $limit ]; then
      split -b $limit -d "$file" "$folder/$name.safetensors."
    else
      cp "$file" "$folder/"
    fi
  done
  [ ! -f "$work/run/sheet.png" ] || cp "$work/run/sheet.png" "$folder/"
  ls -l "$folder"
}

run() { # ends by the clock; what hangs is stopped
  begun=$(date +%s) seconds=$(awk "BEGIN { print int(60 * $minutes) }")
  timeout -s INT -k 20 $((seconds + 20)) "$python" -c "$call" "$(awk "BEGIN { print 0.98 * $minutes }")" "$work/run" 2>&1 \
    || echo "stopped before its end"
  echo "$(($(date +%s) - begun)) s of $seconds s"
}

python=${PYTHON:-python3}
[ -n "${PYTHON:-}" ] || [ ! -x .venv/bin/python ] || python=.venv/bin/python
[ "${1:-}" != pack ] || { pack; exit; }
folder=${1:-${OUT:-training-gpu}} minutes=${2:-8}
work=$(mktemp -d)
mkdir -p "$folder"
export PYTHONPATH="src${PYTHONPATH:+:$PYTHONPATH}" PYTHONUNBUFFERED=1 OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
prepare
trap 'deliver; rm -rf "$work"' EXIT
run 2>&1 | tee "$folder/log.txt"
