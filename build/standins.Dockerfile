# Stand-ins for mcr.microsoft.com/dotnet, stage for stage what its Dockerfiles do, where that registry cannot be reached.
# `dotnet` is the machine's own .NET folder. standins.sh appends what is this machine's.
ARG ROOT_FILE_SYSTEM=scratch

FROM ${ROOT_FILE_SYSTEM} AS runtime-deps
ENV APP_UID=1654 \
    ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_RUNNING_IN_CONTAINER=true
RUN groupadd --gid=$APP_UID app && useradd --no-log-init --uid=$APP_UID --gid=$APP_UID --create-home app

# What the images copy, put together first so that it is one layer there.
FROM runtime-deps AS link
RUN mkdir -p /link/usr/bin && ln -s /usr/share/dotnet/dotnet /link/usr/bin/dotnet

FROM scratch AS runtime-files
ARG RUNTIME_VERSION
COPY --from=dotnet LICENSE.tx[t] ThirdPartyNotices.tx[t] dotnet /usr/share/dotnet/
COPY --from=dotnet host/fxr/$RUNTIME_VERSION /usr/share/dotnet/host/fxr/$RUNTIME_VERSION
COPY --from=dotnet shared/Microsoft.NETCore.App/$RUNTIME_VERSION /usr/share/dotnet/shared/Microsoft.NETCore.App/$RUNTIME_VERSION
COPY --from=link /link/ /

FROM scratch AS sdk-files
ARG SDK_VERSION
COPY --from=dotnet sdk/$SDK_VERSION /usr/share/dotnet/sdk/$SDK_VERSION
COPY --from=dotnet sdk-manifest[s] /usr/share/dotnet/sdk-manifests
COPY --from=dotnet packs /usr/share/dotnet/packs
COPY --from=dotnet template[s] /usr/share/dotnet/templates
COPY --from=dotnet dn[x] /usr/share/dotnet/

FROM runtime-deps AS runtime
ARG RUNTIME_VERSION
ENV DOTNET_VERSION=$RUNTIME_VERSION
COPY --from=runtime-files / /

FROM runtime AS aspnet
ARG RUNTIME_VERSION
ENV ASPNET_VERSION=$RUNTIME_VERSION
COPY --from=dotnet shared/Microsoft.AspNetCore.App/$RUNTIME_VERSION /usr/share/dotnet/shared/Microsoft.AspNetCore.App/$RUNTIME_VERSION

FROM aspnet AS sdk-as-shipped
ARG SDK_VERSION
ENV ASPNETCORE_HTTP_PORTS= \
    DOTNET_GENERATE_ASPNET_CERTIFICATE=false \
    DOTNET_NOLOGO=true \
    DOTNET_SDK_VERSION=$SDK_VERSION \
    DOTNET_USE_POLLING_FILE_WATCHER=true \
    NUGET_XMLDOC_MODE=skip
COPY --from=sdk-files / /
RUN dotnet help >/dev/null

# The chiseled ones have no shell and no package manager: the libraries .NET loads, certificates, and the user.
FROM runtime-deps AS chisel
RUN <<'SH'
set -eu
files() {
    for package in "$@"; do
        dpkg -L "$package" | grep -E '\.so[.0-9]*$|^/usr/share/zoneinfo|/etc/ssl/openssl.cnf|/usr/lib/ssl/[^/]*$|os-release' || true
    done | while read -r file; do [ -d "$file" ] && [ ! -L "$file" ] || echo "$file"; done | grep -v /gconv/
}
take() { # <destination> <package…>
    mkdir -p "$1"
    tar -C "$1" -xf /layout.tar
    shift_to=$1; shift
    files "$@" | tar -cf - -T - 2>/dev/null | tar -C "$shift_to" --keep-directory-symlink -xf -
}
named() { dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p'; }

mkdir -p /layout/etc/ssl/certs /layout/usr/bin /layout/usr/sbin /layout/usr/lib /layout/usr/lib64 /layout/usr/share \
    /layout/home /layout/root /layout/run /layout/var
mkdir -m 1777 /layout/tmp /layout/var/tmp
for folder in bin sbin lib lib64; do ln -s "usr/$folder" "/layout/$folder"; done
cp -a /home/app /layout/home/app
rm -f /layout/home/app/.[a-z]*
grep -E '^(root|nobody|app):' /etc/passwd | sed 's#/bin/bash$#/sbin/nologin#; s#/bin/sh$#/sbin/nologin#' >/layout/etc/passwd
grep -E '^(root|nogroup|app):' /etc/group >/layout/etc/group
cp /etc/ssl/certs/ca-certificates.crt /layout/etc/ssl/certs/
tar -C /layout -cf /layout.tar .

libraries="base-files libc6 libgcc-s1 libstdc++6 $(named 'libssl3*' openssl libzstd1 zlib1g)"
take /chiseled $libraries
take /chiseled-extra $libraries tzdata $(named 'libicu[0-9]*')
SH

FROM scratch AS runtime-deps-chiseled
LABEL build.multistage.stand-in=true
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    APP_UID=1654 \
    ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_RUNNING_IN_CONTAINER=true \
    DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true
COPY --from=chisel /chiseled/ /
USER $APP_UID

FROM scratch AS runtime-deps-chiseled-extra
LABEL build.multistage.stand-in=true
ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    APP_UID=1654 \
    ASPNETCORE_HTTP_PORTS=8080 \
    DOTNET_RUNNING_IN_CONTAINER=true
COPY --from=chisel /chiseled-extra/ /
USER $APP_UID

FROM runtime-deps-chiseled AS runtime-chiseled
ARG RUNTIME_VERSION
ENV DOTNET_VERSION=$RUNTIME_VERSION
COPY --from=runtime-files / /

FROM runtime-deps-chiseled-extra AS runtime-chiseled-extra
ARG RUNTIME_VERSION
ENV DOTNET_VERSION=$RUNTIME_VERSION
COPY --from=runtime-files / /

FROM runtime-chiseled AS aspnet-chiseled
ARG RUNTIME_VERSION
ENV ASPNET_VERSION=$RUNTIME_VERSION
COPY --from=dotnet shared/Microsoft.AspNetCore.App/$RUNTIME_VERSION /usr/share/dotnet/shared/Microsoft.AspNetCore.App/$RUNTIME_VERSION

FROM runtime-chiseled-extra AS aspnet-chiseled-extra
ARG RUNTIME_VERSION
ENV ASPNET_VERSION=$RUNTIME_VERSION
COPY --from=dotnet shared/Microsoft.AspNetCore.App/$RUNTIME_VERSION /usr/share/dotnet/shared/Microsoft.AspNetCore.App/$RUNTIME_VERSION

# Docker's own images of Go and nginx, for the walkthrough.
FROM ${ROOT_FILE_SYSTEM} AS golang
ENV PATH=/go/bin:/usr/local/go/bin:/usr/lib/go-1.23/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    GOPATH=/go \
    GOTOOLCHAIN=local
RUN --mount=from=backports,target=/backports <<'SH'
set -eu
if grep -q '^Types:' /backports/sources; then extension=sources; else extension=list; fi
cp /backports/sources "/etc/apt/sources.list.d/backports.$extension"
apt-get update
apt-get install -y --no-install-recommends golang-1.23-go
rm -rf /var/lib/apt/lists/* "/etc/apt/sources.list.d/backports.$extension"
SH
WORKDIR /go

FROM ${ROOT_FILE_SYSTEM} AS nginx
RUN apt-get update && apt-get install -y --no-install-recommends nginx && rm -rf /var/lib/apt/lists/*
EXPOSE 80
CMD ["nginx", "-g", "daemon off;"]
