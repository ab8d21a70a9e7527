#!/bin/sh
# From nothing to the native engine's weights, on two CPU cores: about three hours. Every step is time-boxed and goes on where it was
# left, so that any of them may be stopped, repeated, or given more minutes. docs/log.md says what came of which minutes.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-training}
train=".venv/bin/dramatis train --folder $folder"
export MALLOC_MMAP_MAX_=0 MALLOC_TRIM_THRESHOLD_=1000000000 # memory is kept instead of asked for anew in each step

$train codec --minutes 30       # encoder and decoder; the encoder is frozen at the end
$train clips --minutes 12       # films of the stage through the encoder
$train speech --minutes 20
$train transformer --minutes 55
$train decoder --minutes 45     # behind the frozen encoder: may run beside the transformer
mkdir -p src/dramatis/weights
cp "$folder/codec/decoder/codec.safetensors" src/dramatis/weights/codec.safetensors
cp "$folder/speech.safetensors" "$folder/transformer.safetensors" src/dramatis/weights/
