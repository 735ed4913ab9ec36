#!/usr/bin/env bash
# Makes a Python environment in a folder of its own with what tests compare with:
#
#     bash scripts/install-python-rivals.sh FOLDER
#     export KANRECON_PYTHON=FOLDER/bin/python3      # the tests look there
#
# PyTorch and torchvision are the system's (Debian and Ubuntu: python3-torch, python3-torchvision), which its packages bring; timm,
# safetensors, onnx and onnxruntime come from PyPI. Where everything is there already, nothing is done. Nothing of the project needs any of it.
set -euo pipefail

if [ $# -lt 1 ]; then
  echo "install-python-rivals: no folder given; expected: bash scripts/install-python-rivals.sh FOLDER" >&2
  exit 2
fi
python=/usr/bin/python3
modules="torch, torchvision, timm, safetensors.torch, onnx, onnxruntime"
if [ -x "$1/bin/python3" ] && "$1/bin/python3" -c "import $modules" 2>/dev/null; then exit 0; fi
if ! "$python" -c 'import torch, torchvision, venv' 2>/dev/null; then
  echo "install-python-rivals: $python has no torch, torchvision or venv; apt-get install python3-torch python3-torchvision python3-venv" >&2
  exit 2
fi
"$python" -m venv --system-site-packages "$1"
# The system's numpy stays, and with it its torch: what needs another is of a later version.
numpy=$("$1/bin/python3" -c 'import numpy; print(numpy.__version__)')
"$1/bin/python3" -m pip install --quiet --disable-pip-version-check \
  "numpy==$numpy" --no-deps timm==0.9.16 safetensors==0.4.5 onnx==1.16.2 onnxruntime==1.19.2 \
  huggingface-hub==0.24.7 protobuf==4.25.5 flatbuffers==24.3.25 coloredlogs==15.0.1 humanfriendly==10.0 \
  packaging==24.1 filelock==3.16.1 fsspec==2024.9.0 tqdm==4.66.5
"$1/bin/python3" -c "import $modules"
