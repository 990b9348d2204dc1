import { expect, test } from "vitest";
import { describeAdapter } from "../../src/targets/webgpu-device.js";

test.each([
  // What Dawn 0.6.2 said, each on its machine.
  [
    "nvidia-h100-80gb-hbm3 (NVIDIA: 580.159.04 580.159.4.0)",
    false,
    {
      ...{ vendor: "nvidia", architecture: "", device: "nvidia-h100-80gb-hbm3" },
      ...{ description: "NVIDIA: 580.159.04 580.159.4.0", isFallbackAdapter: false },
    },
  ],
  [
    "swiftshader-device-subzero (SwiftShader driver 5.0.0)",
    true,
    {
      ...{ vendor: "google", architecture: "swiftshader", device: "swiftshader-device-subzero-" },
      ...{ description: "SwiftShader driver 5.0.0", isFallbackAdapter: true },
    },
  ],
  // What Chromium 156 said of the same.
  [
    "google swiftshader",
    true,
    { vendor: "google", architecture: "swiftshader", device: "", description: "" },
  ],
  ["an adapter without a name", false, {}],
])("an adapter is called %s", (name, software, info) => {
  expect(describeAdapter(info)).toEqual({ name, software });
});
