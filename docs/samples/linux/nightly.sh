#!/bin/sh
# One nightly run for cron: nightly.ps1 with what a login would have set. cron starts it with hardly any PATH, and with a umask that
# lets others read what is made.
#
# There is no flock here: the state of the run has a lock of its own, and nightly.ps1 waits for it (-WaitForLock).
set -eu

export PATH=/usr/local/bin:/usr/bin:/bin
umask 077
etc=${ETC:-/etc/inbound-provisioning}
certificate=$etc/certificate.pfx

# The certificate with its key is the secret of the run: its owner's alone.
if [ "$(stat -c %a "$certificate")" != 600 ]; then
    echo "$certificate must be its owner's alone: chmod 600 $certificate" >&2
    exit 1
fi

# TENANT_ID, CLIENT_ID and PROVISIONING_ENDPOINT: ids, no secrets.
set -a
. "$etc/nightly.env"
set +a

exec "${PWSH:-pwsh}" -NoProfile -NonInteractive -File "$(dirname "$0")/nightly.ps1" -CertificatePath "$certificate" "$@"
