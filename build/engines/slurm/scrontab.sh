#!/usr/bin/env bash
# Builds Slurm's command scrontab, which Debian's packages leave out, from Debian's source package (two minutes, once), for the tests of schedules that start by the real clock.
#   scrontab.sh      puts it into FLOWGEN_SCRONTAB_HOME (default ~/.cache/flowgen-slurm); up.sh finds it there, and clusters that it starts have it on the PATH
# It is linked with the library of the installed packages, so it is of their version.
set -euo pipefail
home=$(realpath -m "${FLOWGEN_SCRONTAB_HOME:-$HOME/.cache/flowgen-slurm}")
[ ! -x "$home/scrontab" ] || exit 0
sudo=$([ "$(id -u)" = 0 ] || command -v sudo || true)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export DEBIAN_FRONTEND=noninteractive
$sudo apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 slurm-client gcc libc6-dev make dpkg-dev > /dev/null
sed 's/^Types: deb$/Types: deb-src/' /etc/apt/sources.list.d/debian.sources > debian-src.sources
mkdir -p lists/partial
apt=(-qq -o Dir::State::lists="$PWD/lists" -o Dir::Etc::sourcelist="$PWD/debian-src.sources" -o Dir::Etc::sourceparts=-)
apt-get update "${apt[@]}"
apt-get source "${apt[@]}" --download-only "slurm-wlm=$(dpkg-query -W -f '${source:Version}' slurm-client)"
dpkg-source -x slurm-wlm_*.dsc slurm > /dev/null
cd slurm
library=/usr/lib/$(gcc -print-multiarch)
./configure --prefix=/usr --libdir="$library" --sysconfdir=/etc/slurm --without-munge --without-hwloc --disable-dependency-tracking > /dev/null
cd src/scrontab
for text in default_crontab usage; do ld -r -o "$text.o" -z noexecstack --format=binary "$text.txt"; done
mkdir -p "$home"
gcc -O1 -w -I../.. -I../../slurm -o "$home/scrontab.new" scrontab.c opt.c parse.c env.c default_crontab.o usage.o \
    -L"$library/slurm-wlm" -lslurmfull -Wl,-rpath,"$library/slurm-wlm" -Wl,--export-dynamic -ldl -lpthread -lresolv
mv "$home/scrontab.new" "$home/scrontab"
