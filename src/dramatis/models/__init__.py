"""Networks, single-device: they know no video and no sampler. Each carries its architecture in its checkpoint's header."""
