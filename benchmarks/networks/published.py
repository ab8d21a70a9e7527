"""Published networks that the finish is compared with, run from files that the user names: animevideov3 (Real-ESRGAN) and RIFE.

RIFE's network (Huang et al. 2022, version 4.0) is written here after its paper and the tensors of its file; neither file is part
of this project.
"""

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import interpolate, pad

from dramatis.models.interpolator import warp

Pixels = NDArray[np.uint8]
_WIDTHS, _SCALES, _STEP = (192, 128, 96, 64), (8, 4, 2, 1), 128


class AnimeVideo:
    """Real-ESRGAN animevideov3, four times, from its `.param` file and the `.bin` beside it; needs the package ncnn."""

    def __init__(self, param: Path) -> None:
        import ncnn

        self._ncnn: Any = ncnn
        self._net = ncnn.Net()
        self._net.opt.use_vulkan_compute = False
        self._net.opt.use_bf16_storage = True
        self._net.opt.num_threads = torch.get_num_threads()
        if self._net.load_param(str(param)) or self._net.load_model(str(param.with_suffix(".bin"))):
            raise SystemExit(f"{param} or the .bin beside it cannot be read; give animevideov3 for ncnn.")

    def __call__(self, small: Pixels, size: tuple[int, int]) -> Pixels:
        """A frame at a size (width, height)."""
        planes = np.ascontiguousarray(small.transpose(2, 0, 1).astype(np.float32) / 255)
        run = self._net.create_extractor()
        run.input(self._net.input_names()[0], self._ncnn.Mat(planes))
        _, found = run.extract(self._net.output_names()[0])
        pixels = (np.array(found).clip(0, 1) * 255).round().astype(np.uint8).transpose(1, 2, 0)
        means = cv2.INTER_AREA if size[0] < pixels.shape[1] else cv2.INTER_LANCZOS4
        return np.asarray(cv2.resize(pixels, size, interpolation=means), np.uint8)


class RifeBlock(nn.Module):
    """One scale: flows and mask at a quarter of it."""

    def __init__(self, channels: int, width: int) -> None:
        super().__init__()

        def layer(into: int, out: int, stride: int) -> nn.Sequential:
            return nn.Sequential(nn.Conv2d(into, out, 3, stride, 1), nn.PReLU(out))

        self.conv0 = nn.Sequential(layer(channels, width // 2, 2), layer(width // 2, width, 2))
        self.convblock = nn.Sequential(*(layer(width, width, 1) for _ in range(8)))
        self.lastconv = nn.ConvTranspose2d(width, 5, 4, 2, 1)

    def forward(self, seen: Tensor, flow: Tensor | None, scale: int) -> tuple[Tensor, Tensor]:
        """Corrections of flow and mask, at the size of what is seen."""
        x = interpolate(seen, scale_factor=1 / scale, mode="bilinear", align_corners=False)
        if flow is not None:
            small = interpolate(flow, scale_factor=1 / scale, mode="bilinear", align_corners=False) / scale
            x = torch.cat([x, small], 1)
        features = self.conv0(x)
        told = self.lastconv(self.convblock(features) + features).float()
        told = interpolate(told, scale_factor=2 * scale, mode="bilinear", align_corners=False)
        return told[:, :4] * scale * 2, told[:, 4:]


class Rife(nn.Module):
    """RIFE 4.0 from its `flownet.pkl`."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        for number, width in enumerate(_WIDTHS):
            setattr(self, f"block{number}", RifeBlock(12 if number else 7, width))
        state = torch.load(path, map_location="cpu", weights_only=True)
        mine = {name.removeprefix("module."): weight for name, weight in state.items()}
        self.load_state_dict({name: weight for name, weight in mine.items() if name.split(".")[0] in dict(self.named_children())})
        self.eval().to(memory_format=torch.channels_last)

    @torch.inference_mode()
    def __call__(self, first: Pixels, second: Pixels, at: float) -> Pixels:
        """The frame at an instant between two large ones."""
        height, width = first.shape[:2]
        room = (0, -width % _STEP, 0, -height % _STEP)
        one, two = (pad(torch.from_numpy(frame).permute(2, 0, 1)[None].float() / 255, room) for frame in (first, second))
        instant = torch.full_like(one[:, :1], at)
        flow, mask, seen = None, None, torch.cat([one, two, instant], 1)
        warped = one, two
        for number, scale in enumerate(_SCALES):
            with torch.autocast("cpu", torch.bfloat16):
                more, better = getattr(self, f"block{number}")(seen, flow, scale)
            flow, mask = (more, better) if flow is None or mask is None else (flow + more, mask + better)
            warped = warp(one, flow[:, :2]), warp(two, flow[:, 2:])
            seen = torch.cat([*warped, instant, mask], 1)
        share = torch.sigmoid(mask) if mask is not None else instant
        made = (share * warped[0] + (1 - share) * warped[1])[0, :, :height, :width]
        return (made * 255).round().clamp(0, 255).to(torch.uint8).permute(1, 2, 0).contiguous().numpy()
