#!/usr/bin/env bash
# Installs a working TensorFlow.js native backend into a folder of its own, where the package's own download fails or is too old:
#
#     bash scripts/install-tfjs-node.sh FOLDER [tfjs-node|tfjs-node-gpu]
#     export KANRECON_TFJS_NODE=FOLDER        # kanrecon and the tests look there
#
# @tensorflow/tfjs-node brings the sources of its binding but fetches TensorFlow itself from a server that many machines cannot
# reach. TensorFlow's C API is stable, so the binding is compiled here against the library inside TensorFlow's Python wheel.
# Where it works already, nothing is done. Needs Linux on x86-64, Node.js, npm, g++, make, python3 with pip, unzip. Takes a minute and 0.8 GB (gpu: 1.6 GB).
set -euo pipefail

if [ $# -lt 1 ]; then
  echo "install-tfjs-node: no folder given; expected: bash scripts/install-tfjs-node.sh FOLDER [tfjs-node|tfjs-node-gpu]" >&2
  exit 2
fi
package=${2:-tfjs-node}
case $package in
  tfjs-node) wheel=tensorflow-cpu ;;
  tfjs-node-gpu) wheel=tensorflow ;; # built for CUDA 12.2
  *) echo "install-tfjs-node: unknown package '$package'; expected tfjs-node or tfjs-node-gpu" >&2; exit 2 ;;
esac
if [ "$(uname -s)-$(uname -m)" != Linux-x86_64 ]; then
  echo "install-tfjs-node: this works on Linux x86-64 only, this is $(uname -s) $(uname -m); try npm install @tensorflow/$package" >&2
  exit 2
fi
for tool in node npm npx python3 g++ make unzip; do
  command -v "$tool" >/dev/null || { echo "install-tfjs-node: $tool is missing; install it and try again" >&2; exit 2; }
done

tensorflow=2.15.1
mkdir -p "$1"
folder=$(cd "$1" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

cd "$folder"

# Whether the package is there and computes.
works() {
  TF_CPP_MIN_LOG_LEVEL=2 node -e "
    const util = require('node:util');
    util.isNullOrUndefined ??= (value) => value == null; // gone since Node.js 23
    util.isArray ??= Array.isArray;
    const tf = require('$folder/node_modules/@tensorflow/$package');
    const gradient = tf.grad((x) => tf.sum(tf.conv2d(x, tf.ones([3, 3, 2, 4]), 1, 'same')))(tf.ones([1, 4, 4, 2]));
    if (tf.sum(gradient).dataSync()[0] !== 800) throw new Error('wrong gradient: ' + tf.sum(gradient).dataSync()[0]);"
}

if works >/dev/null 2>&1; then
  echo "@tensorflow/$package works in $folder already"
  exit 0
fi
[ -f package.json ] || echo '{ "name": "tfjs-native", "private": true }' > package.json
npm install --ignore-scripts --no-audit --no-fund --loglevel=error "@tensorflow/$package@4.22.0"

echo "Fetching TensorFlow $tensorflow …"
python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --dest "$scratch" \
  --implementation cp --python-version 3.11 --platform manylinux_2_17_x86_64 --platform manylinux2014_x86_64 "$wheel==$tensorflow"
unzip -q -o "$scratch"/*.whl 'tensorflow/libtensorflow_*.so.2' 'tensorflow/include/tensorflow/*' 'tensorflow/include/tsl/*' -d "$scratch"

# Where the binding's build file and its run path expect the library and its headers.
deps=$folder/node_modules/@tensorflow/$package/deps
rm -rf "$deps"
mkdir -p "$deps/lib"
mv "$scratch/tensorflow/include" "$deps/include"
mv "$scratch"/tensorflow/libtensorflow_*.so.2 "$deps/lib/"
ln -s libtensorflow_cc.so.2 "$deps/lib/libtensorflow.so" # the wheel's C++ library holds the C API
ln -s libtensorflow_framework.so.2 "$deps/lib/libtensorflow_framework.so"

echo "Compiling the binding …"
# The headers that came with this Node.js spare node-gyp a download.
headers=$(dirname "$(dirname "$(node -p process.execPath)")")
[ -f "$headers/include/node/node_api.h" ] || headers=""
cd "$folder/node_modules/@tensorflow/$package"
npx --yes node-gyp@11 rebuild --loglevel=error --module_name=tfjs_binding --module_path="$PWD/lib/napi-v8" \
  --napi_build_version=8 ${headers:+--nodedir="$headers"} >"$scratch/build.log" 2>&1 || { cat "$scratch/build.log" >&2; exit 1; }

cd "$folder"
works || { echo "install-tfjs-node: it was compiled, but does not run; its message is above" >&2; exit 1; }
echo "@tensorflow/$package works in $folder; now: export KANRECON_TFJS_NODE=$folder"
