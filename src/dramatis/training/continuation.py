"""Going on from trained weights on a wider repertoire: what was learned is kept, and there is room for what is new.

New words come after the known ones, so that known words keep their tokens, their vectors and the buckets of their pairs.
Statistics stay those that the network learnt with; only numbers of poses that never varied before take those of the new clips.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import torch
from torch import Tensor

from dramatis.models.motion_model import MotionModel
from dramatis.models.video_model import VideoModel
from dramatis.training.channel_statistics import pose_statistics
from dramatis.training.clips import Buckets

_WIDER = 5.0  # times the standard deviation that is known: such numbers were constant


def widened_video_model(trained: VideoModel, words: Sequence[str], cues: Sequence[str], clips: Buckets) -> VideoModel:
    """A trained generator that can learn more `words`, is taught `cues`, and knows the poses of `clips`."""
    known = trained.config.text.vocabulary
    text = replace(trained.config.text, vocabulary=(*known, *(word for word in words if word not in trained.config.text.numbers)))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = VideoModel(replace(trained.config, text=text, cues=tuple(cues)))
    model.load_state_dict(_with_known_rows(model.state_dict(), trained.state_dict()))
    means, stds = pose_statistics(clips)
    wider = stds > _WIDER * model.pose_std
    model.pose_mean[wider], model.pose_std[wider] = means[wider], stds[wider]
    return model


def widened_motion_model(trained: MotionModel, video_model: VideoModel) -> MotionModel:
    """A trained motion model that can learn the words of a generator, and measures poses as that does."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        model = MotionModel(replace(trained.config, vocabulary=len(video_model.config.text.vocabulary)))
    model.load_state_dict(_with_known_rows(model.state_dict(), trained.state_dict()))
    model.mean.copy_(video_model.pose_mean)
    model.std.copy_(video_model.pose_std)
    return model


def _with_known_rows(fresh: Mapping[str, Tensor], trained: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Trained weights; tables that have more rows now end with fresh ones."""
    return {name: torch.cat((known, fresh[name][len(known) :])) if known.ndim else known for name, known in trained.items()}
