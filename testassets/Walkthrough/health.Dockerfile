# Three stages, of which the last one, the image, has no name. It takes from a stage by its name, from a stage by its number, and from an image.
FROM golang:1.23 AS builder
WORKDIR /src
COPY go.mod ./
COPY server/ server/
RUN CGO_ENABLED=0 go build -o /server ./server

FROM golang:1.23 AS healthchecker
WORKDIR /src
COPY go.mod ./
COPY probe/ probe/
RUN CGO_ENABLED=0 go build -o /probe ./probe

FROM alpine:3.21
COPY --from=builder /server /server
COPY --from=1 /probe /probe
COPY --from=nginx:latest /etc/nginx/nginx.conf /etc/nginx/nginx.conf
EXPOSE 8080
HEALTHCHECK --interval=5s --timeout=5s CMD ["/probe"]
CMD ["/server"]
