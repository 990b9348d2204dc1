#!/bin/sh
# Makes the target "tensorflow" ready where @tensorflow/tfjs-node can't download its native library:
# takes the very libtensorflow that it pins from the Python package tensorflow-cpu, and builds the binding to it.
# Works in a checkout and where loss-audit is installed. What it makes is kept in the user's cache folder, so that
# after an `npm ci`, which wipes node_modules, it only has to be copied back.
set -eu

VERSION=4.22.0
LIBRARY=2.9.1
WHEEL_SHA256=6666ddeae45e1f41da788cb4bdea3435aba16edb0bc17b7ac00631c7c9eb052e
HEADERS=node-api-headers@1.9.0
NEEDS="python3 with pip, g++ and binutils (Debian, Ubuntu: apt-get install python3-pip g++ binutils)"

unset npm_config_global npm_config_location # set below `npm explore --global`, and not meant for the npm below

say() { echo "setup-tensorflow: $*" >&2; }
fail() { say "$*"; exit 2; }

# tfjs-node belongs beside the tfjs that loss-audit loads, so that both share one engine: in the node_modules of this
# package, or in the one that this package is installed in. Nowhere else is written to.
package=$(cd "$(dirname "$0")/.." && pwd -P)
for project in "$package" "${package%/node_modules/*}"; do
  [ -d "$project/node_modules/@tensorflow/tfjs" ] && break
done
[ -d "$project/node_modules/@tensorflow/tfjs" ] ||
  fail "@tensorflow/tfjs is not installed in $package yet. Run npm ci (or npm install) there first."
module=$project/node_modules/@tensorflow/tfjs-node
cache=${XDG_CACHE_HOME:-${HOME:?}/.cache}/loss-audit/tfjs-node-$VERSION

check() {
  (cd "$project" && TF_CPP_MIN_LOG_LEVEL=2 node -e '
    const util = require("node:util"); // deprecated from Node 22 on, gone from 23 on
    util.isNullOrUndefined = (value) => value == null;
    const tf = require("./node_modules/@tensorflow/tfjs-node");
    const shared = require("./node_modules/@tensorflow/tfjs").getBackend();
    if (shared !== "tensorflow" || tf.sigmoid(0).dataSync()[0] !== 0.5) throw new Error("It computes nothing.");
    const library = require("./node_modules/@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node").TF_Version;
    console.log(`tfjs-node ${tf.version["tfjs-node"]} with libtensorflow ${library} is ready.`);')
}

# Downloads, unpacks and builds everything in the current folder: package/ and deps/.
build() {
  say "downloading libtensorflow $LIBRARY (207 MB, once)"
  echo "tensorflow-cpu==$LIBRARY --hash=sha256:$WHEEL_SHA256" > wheel.txt
  python3 -m pip download -q --disable-pip-version-check --no-cache-dir --no-deps --require-hashes -r wheel.txt \
    --only-binary=:all: --implementation cp --python-version 310 --abi cp310 --platform manylinux2014_x86_64 -d wheel ||
    fail "pip could not download tensorflow-cpu $LIBRARY; its message is above."
  python3 - <<'PY'
import glob, os, shutil, zipfile
wheel = zipfile.ZipFile(glob.glob("wheel/*.whl")[0])
parts = {"_pywrap_tensorflow_internal.so": "tensorflow/python/", "libtensorflow_framework.so.2": "tensorflow/"}
files = {source + name: "deps/lib/" + name for name, source in parts.items()}
headers = ["c/" + h for h in ("c_api.h", "c_api_macros.h", "eager/c_api.h", "tf_attrtype.h", "tf_datatype.h",
                              "tf_status.h", "tf_tensor.h", "tf_tstring.h")]
headers += ["core/platform/ctstring.h", "core/platform/ctstring_internal.h"]
files.update({"tensorflow/include/tensorflow/" + h: "deps/include/tensorflow/" + h for h in headers})
for source, target in files.items():
    os.makedirs(os.path.dirname(target), exist_ok=True)
    with wheel.open(source) as i, open(target, "wb") as o:
        shutil.copyfileobj(i, o, 1 << 20)
PY
  rm -rf wheel

  # The JavaScript, with its small dependencies inside it and without a tfjs of its own.
  fetch "$HEADERS" headers
  fetch "@tensorflow/tfjs-node@$VERSION" package
  cp package/package.json package.json.original
  (cd package && npm pkg delete devDependencies "dependencies.@tensorflow/tfjs" &&
    npm install --ignore-scripts --no-package-lock --no-audit --no-fund --loglevel=error >/dev/null) ||
    fail "npm could not install what tfjs-node depends on; its message is above."
  mv package.json.original package/package.json

  # The binding is N-API only: one build serves every Node. The wheel's library asks for CPython symbols that no call
  # of the C API uses: objects become zeros and functions trap, all inside the binding itself.
  nm -D --undefined-only deps/lib/_pywrap_tensorflow_internal.so |
    sed -n 's/^ *U \(_\{0,1\}Py[A-Za-z0-9_]*\).*/\1/p' |
    awk '/_Type$|^PyExc_|Struct$/ {o = o ".globl " $1 "\n.type " $1 ",@object\n" $1 ":\n"; next}
         {f = f ".globl " $1 "\n.type " $1 ",@function\n" $1 ":\n"}
         END {print ".bss\n.balign 64\n" o ".zero 4096\n.text\n" f "ud2\n.section .note.GNU-stack,\"\",@progbits"}' > python.s
  mkdir -p package/lib/napi-v8
  g++ -std=c++17 -O2 -fPIC -shared -DNAPI_VERSION=8 -Iheaders/include -Ideps/include \
    package/binding/tfjs_backend.cc package/binding/tfjs_binding.cc python.s -o package/lib/napi-v8/tfjs_binding.node \
    -Wl,--no-as-needed deps/lib/_pywrap_tensorflow_internal.so deps/lib/libtensorflow_framework.so.2 \
    -Wl,-rpath,'$ORIGIN/../../deps/lib' || fail "g++ could not build the binding; its message is above."
  rm -rf headers python.s wheel.txt
}

# fetch PACKAGE FOLDER: an npm package, unpacked.
fetch() {
  archive=$(npm pack --silent "$1") || fail "npm could not download $1."
  mkdir "$2" && tar xzf "$archive" -C "$2" --strip-components=1 && rm "$archive"
}

if check 2>/dev/null; then exit 0; fi

[ "$(uname -sm)" = "Linux x86_64" ] && getconf GNU_LIBC_VERSION >/dev/null 2>&1 ||
  fail "this builds tfjs-node on Linux x86_64 with glibc only. Elsewhere tfjs-node has to download its own library:" \
    "npm install @tensorflow/tfjs-node@$VERSION says why it does not."

if ! [ -d "$cache" ]; then
  missing=
  for tool in python3 g++ nm; do command -v $tool >/dev/null || missing="$missing $tool"; done
  [ -n "$missing" ] || python3 -m pip --version >/dev/null 2>&1 || missing=" pip"
  [ -z "$missing" ] || fail "not found:$missing. It needs $NEEDS."
  mkdir -p "$(dirname "$cache")"
  work=$(mktemp -d "$cache.XXXXXX")
  trap 'rm -rf "$work"' EXIT
  trap 'exit 130' INT TERM
  (cd "$work"; build)
  mv -T "$work" "$cache" 2>/dev/null || [ -d "$cache" ] # another run may have been faster
fi

new=$(mktemp -d "$module.XXXXXX")
cp -R "$cache/package/." "$new"
ln -s "$cache/deps" "$new/deps"
chmod 755 "$new"
rm -rf "$module" && mv "$new" "$module"
check || fail "what is in $cache does not work here. Remove that folder and run this again."
