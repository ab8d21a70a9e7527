// The words of cues and framings, as the package has them (src/dramatis/story/direction.py); a test compares them.
import type { Kind } from "./api";

export const CUES: Record<Kind, string[]> = {
  "emotion": ["calm", "excitement", "confusion", "sadness", "surprise", "anger"],
  "action": ["nod", "shake head", "look left", "look right", "look up", "look down", "lean in", "smile", "brow raise", "blink", "sigh", "wave", "turn left", "turn right", "raise both hands", "fold arms", "point", "shrug", "clap", "bow", "take off glasses", "drink", "hand over", "walk in", "sit down", "stand up", "dance"],
  "camera": ["static", "push in", "pull out", "pan left", "pan right", "tilt up", "tilt down", "orbit", "handheld", "follow"],
};
export const FRAMINGS = ["close-up", "medium close-up", "medium", "full", "wide"];
