# One stage: the image holds the compiler, the sources and all that they needed.
FROM golang:1.23
WORKDIR /src
COPY go.mod ./
COPY server/ server/
RUN CGO_ENABLED=0 go build -o /server ./server
EXPOSE 8080
CMD ["/server"]
