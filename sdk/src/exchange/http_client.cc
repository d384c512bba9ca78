#include "exchange/http_client.h"

#include <curl/curl.h>
#include <unistd.h>

#include <array>
#include <string_view>

#include "greenlane/version.h"

namespace greenlane::exchange {
namespace {

/// libcurl's own set-up is not thread-safe unless it is done once, before the first handle.
bool library_ready() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return ready;
}

bool is_loopback_http(std::string_view url) {
  static constexpr std::array<std::string_view, 3> hosts{"http://127.0.0.1", "http://localhost", "http://[::1]"};
  for (const std::string_view host : hosts) {
    if (url.starts_with(host) && (url.size() == host.size() || url[host.size()] == ':' || url[host.size()] == '/')) {
      // "http://127.0.0.1:80@example.org/" is another machine with a name and password.
      const std::string_view authority = url.substr(0, url.find_first_of("/?#", host.size()));
      return authority.find('@') == std::string_view::npos;
    }
  }
  return false;
}

/// A body that is being received.
struct Body {
  std::string bytes;
  std::size_t most = 0;
  bool too_long = false;
};

std::size_t take(char* data, std::size_t, std::size_t size, void* to) {
  Body& body = *static_cast<Body*>(to);
  if (size > body.most - body.bytes.size()) {
    body.too_long = true;
    return CURL_WRITEFUNC_ERROR;
  }
  body.bytes.append(data, size);
  return size;
}

Result<void> readable(const std::string& path, const char* what) {
  if (path.empty() || ::access(path.c_str(), R_OK) == 0) return {};
  return Error{.code = ErrorCode::io, .message = std::string("cannot read the ") + what, .source = path};
}

bool is_certificate_problem(CURLcode code) {
  return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_ISSUER_ERROR || code == CURLE_SSL_INVALIDCERTSTATUS;
}

}  // namespace

struct HttpClient::State {
  struct Cleanup {
    void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
  };
  std::unique_ptr<CURL, Cleanup> handle;
  std::array<char, CURL_ERROR_SIZE> problem{};
  bool allow_loopback_http = false;

  /// False where libcurl knows none of the options.
  bool configure(const HttpOptions& options) {
    CURL* const h = handle.get();
    const auto set = [h](CURLoption option, auto value) { return curl_easy_setopt(h, option, value) == CURLE_OK; };
    const auto set_text = [&set](CURLoption option, const std::string& text) { return text.empty() || set(option, text.c_str()); };
    const char* protocols = options.allow_loopback_http ? "https,http" : "https";
    return set(CURLOPT_ERRORBUFFER, problem.data()) && set(CURLOPT_NOSIGNAL, 1L) && set(CURLOPT_PROTOCOLS_STR, protocols) &&
           set(CURLOPT_FOLLOWLOCATION, 0L) && set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2)) &&
           set(CURLOPT_SSL_VERIFYPEER, 1L) && set(CURLOPT_SSL_VERIFYHOST, 2L) && set_text(CURLOPT_CAINFO, options.ca_file) &&
           (options.ca_file.empty() || set(CURLOPT_CAPATH, static_cast<const char*>(nullptr))) &&
           set_text(CURLOPT_SSLCERT, options.client_certificate) && set_text(CURLOPT_SSLKEY, options.client_key) &&
           set(CURLOPT_PROXY, options.proxy.c_str()) && set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED)) &&
           set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout.count())) &&
           set(CURLOPT_TIMEOUT_MS, static_cast<long>(options.timeout.count())) && set(CURLOPT_USERAGENT, agent.c_str()) &&
           set(CURLOPT_PATH_AS_IS, 1L) && set(CURLOPT_WRITEFUNCTION, take);
  }

 private:
  std::string agent = std::string("greenlane/") + std::string(version);
};

HttpClient::HttpClient(std::unique_ptr<State> state) : state_(std::move(state)) {}
HttpClient::HttpClient(HttpClient&&) noexcept = default;
HttpClient& HttpClient::operator=(HttpClient&&) noexcept = default;
HttpClient::~HttpClient() = default;

Result<HttpClient> HttpClient::open(const HttpOptions& options) {
  for (const auto& [path, what] : {std::pair{options.ca_file, "certificates of the authority"}, {options.client_certificate, "client certificate"},
                                   {options.client_key, "key of the client certificate"}}) {
    if (auto found = readable(path, what); !found.ok()) return found.error();
  }
  auto state = std::make_unique<State>();
  state->allow_loopback_http = options.allow_loopback_http;
  if (library_ready()) state->handle.reset(curl_easy_init());
  if (state->handle == nullptr || !state->configure(options)) {
    return Error{.code = ErrorCode::invalid_argument, .message = "libcurl does not take the options of the connection"};
  }
  return HttpClient(std::move(state));
}

Result<HttpResponse> HttpClient::get(const std::string& url, std::size_t max_bytes) {
  const bool allowed = url.starts_with("https://") || (state_->allow_loopback_http && is_loopback_http(url));
  if (!allowed) return Error{.code = ErrorCode::invalid_argument, .message = "the address does not begin with https://", .source = url};
  CURL* const h = state_->handle.get();
  Body body{.bytes = {}, .most = max_bytes};
  state_->problem[0] = '\0';
  curl_easy_setopt(h, CURLOPT_HTTPGET, 1L);
  curl_easy_setopt(h, CURLOPT_URL, url.c_str());
  curl_easy_setopt(h, CURLOPT_WRITEDATA, &body);
  const CURLcode code = curl_easy_perform(h);
  HttpResponse response;
  curl_easy_getinfo(h, CURLINFO_RESPONSE_CODE, &response.status);
  if (body.too_long && response.status == 200) {
    return Error{.code = ErrorCode::limit_exceeded, .message = "the answer has more than the " + std::to_string(max_bytes) + " bytes that are taken", .source = url};
  }
  if (code != CURLE_OK && !body.too_long) {
    const std::string why = state_->problem[0] != '\0' ? state_->problem.data() : curl_easy_strerror(code);
    if (is_certificate_problem(code)) return Error{.code = ErrorCode::not_trusted, .message = "the server's certificate does not verify: " + why, .source = url};
    return Error{.code = ErrorCode::unreachable, .message = why, .source = url, .retryable = true};
  }
  response.body = std::move(body.bytes);
  return response;
}

}  // namespace greenlane::exchange
