# Two stages: the second begins anew, and takes the one file that it needs from the first.
FROM golang:1.23 AS builder
WORKDIR /src
COPY go.mod ./
COPY server/ server/
RUN CGO_ENABLED=0 go build -o /server ./server

FROM alpine:3.21
COPY --from=builder /server /server
EXPOSE 8080
CMD ["/server"]
