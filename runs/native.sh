#!/bin/sh
# From nothing to the native engine's weights, on two CPU cores: about nine hours. Every step is time-boxed and goes on where it
# was left, so that any of them may be stopped, repeated, or given more minutes. docs/log.md says what came of which minutes.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-training}
train=".venv/bin/dramatis train --folder $folder"
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=1000000000 # memory is kept instead of asked for anew in each step

$train speech --minutes 20
$train codec --minutes 0        # principal components, statistics and spectrum: some minutes
$train clips --minutes 9        # films of the stage through the encoder
$train motion --minutes 10      # pose sequences from words and a voice
$train transformer --minutes 440
$train refiner --minutes 25     # sharper edges, no tiles
$train upscaler --minutes 40    # eight times as large; five minutes before that for films of the native model
$train interpolator --minutes 20
$train mouth_finder --minutes 2 # which pixels follow the voice between two frames
$train reader --minutes 30      # the judge of `dramatis evaluate native`
$train vocals --minutes 45      # the voice in a mix, which every engine needs
mkdir -p src/dramatis/weights
cp "$folder/codec.safetensors" "$folder/speech.safetensors" "$folder/motion.safetensors" "$folder/transformer.safetensors" \
  "$folder/refiner.safetensors" "$folder/upscaler.safetensors" "$folder/interpolator.safetensors" "$folder/mouth_finder.safetensors" "$folder/reader.safetensors" \
  "$folder/vocals.safetensors" src/dramatis/weights/
