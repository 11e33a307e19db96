# One image for both containers of docker-compose.yml, from the same list of packages and the same preset as ./tideover.
FROM debian:12 AS build
RUN printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d && chmod 755 /usr/sbin/policy-rc.d
COPY tools/packages /tmp/packages
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ca-certificates \
    $(awk '!/^#/ && $2 == "build" {print $1}' /tmp/packages)
COPY CMakeLists.txt CMakePresets.json /src/
COPY domain /src/domain
COPY db /src/db
COPY demo /src/demo
COPY server /src/server
COPY schema /src/schema
COPY tools /src/tools
RUN cd /src && cmake --preset release -DTIDEOVER_TESTS=OFF && ninja -C build/release tideoverd && strip build/release/tideoverd

FROM debian:12
# A cluster "main" on port 5432 is not wanted: the private one of tools/cluster.sh is.
RUN mkdir -p /etc/postgresql-common && echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
COPY tools/packages /tmp/packages
RUN apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends ca-certificates \
        $(awk '!/^#/ && $2 == "run" {print $1}' /tmp/packages) \
        libboost-url1.81.0 libpqxx-6.4 libpq5 libssl3 libsodium23 libutf8proc2 libxlsxwriter4 libprometheus-cpp-core1.0 \
    && rm -rf /var/lib/apt/lists/* && useradd --system --create-home --uid 10001 tideover \
    && install -d -o tideover -g tideover -m 700 /var/lib/tideover
COPY --from=build /src/build/release/tideoverd /opt/tideover/build/release/tideoverd
COPY schema /opt/tideover/schema
COPY tools /opt/tideover/tools
WORKDIR /opt/tideover
ENV TIDEOVER_VAR=/var/lib/tideover
USER tideover
VOLUME /var/lib/tideover
STOPSIGNAL SIGTERM
ENTRYPOINT ["/opt/tideover/tools/container.sh"]
