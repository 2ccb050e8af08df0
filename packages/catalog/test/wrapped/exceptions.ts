/** Pairs of wrapping and text that are not answered as the bare text is, and why. */

export interface Exceptions {
  readonly reason: string;
  /** By the name of the wrapping, the names of texts. */
  readonly pairs: Readonly<Record<string, readonly string[]>>;
}

/** Whether or not dots say that there was more. */
const cutAt80: readonly string[] = [
  "grpc-js-deadline",
  "grpcio-goaway-block",
  "go-dial-refused",
  "java-goaway",
  "tonic-reset",
  "tonic-rst-protocol-error",
  "dotnet-handshake",
  "nginx-refused",
  "envoy-termination",
  "envoy-remote-failure",
];

export const exceptions: readonly Exceptions[] = [
  {
    reason: "what was cut off told this failure from others, or what is left is too short to be anybody's text",
    pairs: {
      "cut at 200 with …": ["dotnet-handshake", "nginx-refused"],
      "cut at 120 with ...": [
        "grpcio-goaway-block",
        "go-prior-goaway",
        "go-reset",
        "go-dial-refused",
        "tonic-reset",
        "tonic-rst-protocol-error",
        "dotnet-handshake",
        "nginx-refused",
        "envoy-remote-failure",
      ],
      "cut at 80": cutAt80,
      "cut at 80 with ...": cutAt80,
      "last five letters cut with …": [
        "grpc-js-dropped",
        "grpc-js-deadline",
        "nice-grpc-dropped",
        "node-after-goaway",
        "go-rst-protocol-error",
        "go-reset",
        "go-dial-refused",
        "go-closing",
        "tonic-rst-protocol-error",
        "dotnet-handshake",
        "envoy-termination",
      ],
      "last word cut": [
        "grpc-js-dropped",
        "grpc-js-deadline",
        "nice-grpc-dropped",
        "node-protocol-error",
        "node-after-goaway",
        "go-reset",
        "go-dial-refused",
        "go-closing",
        "dotnet-handshake",
        "envoy-termination",
      ],
      "first five letters cut": ["grpc-js-dropped", "go-deadline", "envoy-termination"],
      "front cut with …": ["grpc-js-dropped", "go-deadline", "envoy-termination"],
      "front cut with ...": [
        "grpc-js-dropped",
        "connect-cancel",
        "connect-missing-status",
        "go-deadline",
        "envoy-termination",
      ],
    },
  },
  {
    reason:
      "a coarser text of the same failure stands unharmed, is found first, and is right as far as it goes; or what tells is shorter than the words that are restored",
    pairs: {
      "hard-wrapped at 80": ["tonic-reset"],
      "hard-wrapped at 60, quoted": [
        "grpc-js-deadline",
        "core-all-addresses",
        "tonic-reset",
        "tonic-rst-protocol-error",
      ],
      "terminal, cut inside words at 80": ["tonic-rst-protocol-error"],
      "hard-wrapped with indent": ["grpc-js-deadline", "core-all-addresses", "tonic-reset"],
      "doubled spaces": [
        "grpc-js-deadline",
        "go-deadline",
        "tonic-reset",
        "tonic-rst-protocol-error",
        "dotnet-subchannel",
      ],
      "full-width": ["grpcio-goaway-block", "core-all-addresses", "go-rst-protocol-error", "java-rst-protocol-error"],
      "no blank behind colons": ["core-all-addresses", "envoy-remote-failure"],
      "markdown escapes": ["go-prior-goaway", "go-too-large", "tonic-reset", "tonic-rst-protocol-error"],
      "lower case": ["grpc-js-deadline", "tonic-reset", "tonic-rst-protocol-error", "dotnet-subchannel"],
      "upper case": [
        "grpc-js-deadline",
        "go-too-large",
        "tonic-reset",
        "tonic-rst-protocol-error",
        "dotnet-subchannel",
      ],
      "Title Case": [
        "grpc-js-deadline",
        "node-session-11-stack",
        "go-too-large",
        "tonic-rst-protocol-error",
        "nginx-refused",
      ],
      "lower-case status": ["grpc-js-deadline", "grpcio-goaway-block", "tonic-rst-protocol-error"],
      "status with blanks": ["tonic-rst-protocol-error"],
    },
  },
];
