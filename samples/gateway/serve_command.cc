#include <httplib.h>
#include <sys/socket.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <thread>

#include "base/utc_time.h"
#include "client/durable_files.h"
#include "client/file_io.h"
#include "commands.h"
#include "site.h"
#include "tls_context.h"
#include "worker_pool.h"

namespace greenlane::gateway {
namespace {

using Handled = httplib::Server::HandlerResponse;

constexpr std::size_t threads = 16;
constexpr std::size_t waiting_connections = 64;
constexpr std::size_t requests_a_connection = 1'000;
constexpr std::size_t max_body = 4'096;
constexpr std::size_t piece = 1u << 16;

/// Text from a request, fit for one line of a log: anything but printable ASCII as \xHH.
std::string printable(std::string_view text) {
  static constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const char c : text.substr(0, 512)) {
    if (c >= ' ' && c <= '~' && c != '"' && c != '\\') {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += "\\x";
    out += digits[byte >> 4u];
    out += digits[byte & 15u];
  }
  return text.size() > 512 ? out + "…" : out;
}

/// Nothing more is read from a connection whose next bytes may be a body that nobody asked for.
void end_connection(const httplib::Request& request) {
  if (request.ssl != nullptr) ::shutdown(SSL_get_fd(request.ssl), SHUT_RD);
}

/// Called when the answer is written, also to bytes that are no request.
void finish(const httplib::Request& request, const httplib::Response& response) {
  if (request.method.empty()) return;
  std::fprintf(stderr, "%s %s \"%s %s\" %d\n", utc_text(now()).c_str(), printable(request.remote_addr).c_str(),
               printable(request.method).c_str(), printable(request.target).c_str(), response.status);
  if (response.status == 400 || response.status == 405) end_connection(request);
}

void answer_text(httplib::Response& response, int status, const char* text) {
  response.status = status;
  response.set_header("Cache-Control", "no-store");
  response.set_content(text, "text/plain; charset=utf-8");
}

void answer_file(const httplib::Request& request, httplib::Response& response, const std::string& path, OpenFile file) {
  response.set_header("ETag", file.etag);
  response.set_header("Cache-Control", is_immutable(path) ? "public, max-age=31536000, immutable" : "no-cache");
  response.set_header("X-Content-Type-Options", "nosniff");
  if (request.get_header_value("If-None-Match") == file.etag) {
    response.status = 304;
    return;
  }
  const std::shared_ptr<std::FILE> stream = std::move(file.stream);
  response.set_content_provider(file.size, std::string(content_type(path)),
                                [stream](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
    char buffer[piece];
    if (std::fseek(stream.get(), static_cast<long>(offset), SEEK_SET) != 0) return false;
    const std::size_t read = std::fread(buffer, 1, std::min(length, piece), stream.get());
    return read > 0 && sink.write(buffer, read);
  });
}

Handled answer(const std::string& folder, const httplib::Request& request, httplib::Response& response) {
  const bool with_body = request.has_header("Content-Length") || request.has_header("Transfer-Encoding");
  if (request.method != "GET" && request.method != "HEAD") {
    response.set_header("Allow", "GET, HEAD");
    answer_text(response, 405, "only GET and HEAD\n");
    return Handled::Handled;
  }
  if (with_body || request.ranges.size() > 1) {
    answer_text(response, 400, "requests have no body here, and at most one range\n");
    return Handled::Handled;
  }
  const std::string path = served_path(request.target);
  auto file = path.empty() ? std::nullopt : open_file(folder + "/" + path);
  if (!file) {
    answer_text(response, 404, "there is no such file\n");
    return Handled::Handled;
  }
  answer_file(request, response, path, *std::move(file));
  return Handled::Handled;
}

void set_up(httplib::SSLServer& server, const std::string& folder) {
  server.new_task_queue = [] { return new WorkerPool(threads, waiting_connections); };  // the server deletes it
  server.set_keep_alive_max_count(requests_a_connection);
  server.set_keep_alive_timeout(5);
  server.set_read_timeout(5);
  server.set_write_timeout(30);
  server.set_payload_max_length(max_body);
  server.set_tcp_nodelay(true);
  // Without SO_REUSEPORT, with which two servers could share a port.
  server.set_socket_options([](socket_t socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  server.set_pre_routing_handler(
      [folder](const httplib::Request& request, httplib::Response& response) { return answer(folder, request, response); });
  server.set_logger(finish);
}

/// SIGINT and SIGTERM, which no thread gets but where it waits for them.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

/// Until one of them comes, or `seconds` are over; 0: no bound.
void wait_for_end(const sigset_t& signals, int seconds) {
  if (seconds == 0) {
    int number = 0;
    ::sigwait(&signals, &number);
    return;
  }
  const timespec limit{seconds, 0};
  while (::sigtimedwait(&signals, nullptr, &limit) < 0 && errno == EINTR) {
  }
}

Result<int> bind_port(httplib::SSLServer& server, const ServeArguments& arguments) {
  errno = 0;
  const int port = arguments.port == 0 ? server.bind_to_any_port(arguments.address)
                                       : (server.bind_to_port(arguments.address, arguments.port) ? arguments.port : -1);
  if (port > 0) return port;
  const std::string place = arguments.address + " port " + std::to_string(arguments.port);
  return Error{.code = ErrorCode::io,
               .message = errno == EADDRINUSE ? place + " is in use; end the program that has it, or give another --port"
                                              : place + " cannot be used: " + std::generic_category().message(errno),
               .retryable = true};
}

Result<void> say_port(const ServeArguments& arguments, int port) {
  if (!arguments.port_file.empty()) {
    const std::string& file = arguments.port_file;
    if (auto done = client::replace_file(file, file + ".new", std::to_string(port) + "\n", false); !done.ok()) return done;
  }
  const bool v6 = arguments.address.find(':') != std::string::npos;
  say("https://" + (v6 ? "[" + arguments.address + "]" : arguments.address) + ":" + std::to_string(port) + std::string(url_prefix) + "\n");
  std::fflush(stdout);
  return {};
}

}  // namespace

Exit run_serve(const ServeArguments& arguments) {
  if (!client::is_taken(arguments.folder + "/authority.json")) {
    return fail({.code = ErrorCode::not_found,
                 .message = "this folder holds no repository; make one with `greenlane-gateway repo init`",
                 .source = arguments.folder});
  }
  const auto context = check_certificate(arguments.certificate, arguments.key);
  if (!context.ok()) return fail(context.error());
  httplib::SSLServer server([&](SSL_CTX& one) { return set_up_tls(one, arguments.certificate, arguments.key).ok(); });
  if (!server.is_valid()) return fail({.code = ErrorCode::internal, .message = "TLS cannot be set up"});
  set_up(server, arguments.folder);
  const auto port = bind_port(server, arguments);
  if (!port.ok()) return fail(port.error());
  const sigset_t signals = block_signals();  // before any thread is started, so that all have it
  std::atomic<bool> failed = false;
  std::thread listener([&] {
    failed = !server.listen_after_bind();
    if (failed) ::kill(::getpid(), SIGTERM);
  });
  // The server cannot be stopped before it runs.
  while (!server.is_running() && !failed) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  const auto said = say_port(arguments, *port);
  if (said.ok()) wait_for_end(signals, arguments.seconds);
  server.stop();
  listener.join();
  if (!said.ok()) return fail(said.error());
  return failed ? fail({.code = ErrorCode::io, .message = "the server takes no more connections", .retryable = true}) : Exit::done;
}

}  // namespace greenlane::gateway
