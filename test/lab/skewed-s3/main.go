// An S3 server whose clock is off: the one inside of `rclone serve s3`, with a clock of its own and its files in memory.
// Arguments: address, seconds that its clock is ahead, bucket, access key, secret key.
package main

import (
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/rclone/gofakes3"
	"github.com/rclone/gofakes3/s3mem"
	"github.com/rclone/gofakes3/signature"
)

func main() {
	address, ahead, bucket, key, secret := os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5]
	seconds, err := strconv.Atoi(ahead)
	if err != nil {
		log.Fatal(err)
	}
	now := func() time.Time { return time.Now().Add(time.Duration(seconds) * time.Second) }
	signature.TimeNow = now
	backend := s3mem.New()
	if err := backend.CreateBucket(nil, bucket); err != nil {
		log.Fatal(err)
	}
	server := gofakes3.New(backend, gofakes3.WithV4Auth(map[string]string{key: secret})).Server()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.Serve(listener, http.HandlerFunc(func(answer http.ResponseWriter, request *http.Request) {
		answer.Header().Set("Date", now().UTC().Format(http.TimeFormat))
		server.ServeHTTP(answer, request)
	})))
}
