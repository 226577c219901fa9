#!/usr/bin/env bash
# native-runtime.sh: prints the runtime identifier of this machine, which is that of the native executables.
set -euo pipefail
case "$(uname -m)" in
  x86_64) echo linux-x64 ;;
  aarch64 | arm64) echo linux-arm64 ;;
  *) echo "native-runtime: $(uname -m) is not a Lambda architecture. Build on x86_64 or arm64." >&2; exit 1 ;;
esac
