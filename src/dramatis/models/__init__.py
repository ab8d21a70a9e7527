"""Networks, single-device: they know no film and no sampler. Each carries its architecture in its checkpoint's header."""
