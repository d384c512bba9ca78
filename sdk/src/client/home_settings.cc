#include "client/home_settings.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/json.h"
#include "base/utc_time.h"
#include "client/own_document.h"

namespace greenlane::client {
namespace {

constexpr std::string_view format = "greenlane.home/1";
constexpr std::string_view https = "https://";
constexpr std::size_t max_url = 256;

bool is_host_character(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view(".-:[]").find(c) != std::string_view::npos;
}

}  // namespace

Result<std::string> gateway_url(std::string_view url) {
  const std::string_view given = url;
  if (url.ends_with('/')) url.remove_suffix(1);
  const std::string_view host = url.starts_with(https) ? url.substr(https.size()) : std::string_view();
  if (!host.empty() && url.size() <= max_url && std::all_of(host.begin(), host.end(), is_host_character)) return std::string(url);
  return Error{.code = ErrorCode::invalid_argument, .message = "\"" + std::string(given.substr(0, max_url)) + "\" is no address of a gateway; expected is https://HOST or https://HOST:PORT"};
}

json::Value HomeSettings::to_value() const {
  json::Object home{{"format", format}, {"gateway", gateway}};
  if (!enterprise.empty()) home.push_back({"enterprise", enterprise});
  if (own_ca) home.push_back({"ca", "ca.pem"});
  home.push_back({"root", root});
  home.push_back({"created_at", utc_text(created_at)});
  return home;
}

Result<HomeSettings> HomeSettings::read(std::string_view json, const std::string& source) {
  auto document = OwnDocument::read(json, format, source);
  if (!document.ok()) return std::move(document).error();
  trust::JsonFields& fields = document->fields();
  const trust::Place& root = document->root();
  document->only(root, {"format", "gateway", "enterprise", "ca", "root", "created_at"});
  HomeSettings settings;
  const auto gateway = gateway_url(fields.text(root, "gateway"));
  if (!gateway.ok()) {
    fields.refuse("/gateway", gateway.error().message);
  } else {
    settings.gateway = *gateway;
  }
  if (root.value->find("enterprise") != nullptr) settings.enterprise = fields.text(root, "enterprise");
  if (root.value->find("ca") != nullptr) {
    settings.own_ca = true;
    if (fields.text(root, "ca") != "ca.pem") fields.refuse("/ca", "the file of certificates is ca.pem in the home; no other is expected");
  }
  settings.root = document->digest(root, "root");
  settings.created_at = document->time(root, "created_at");
  if (!fields.ok()) return fields.error();
  return settings;
}

}  // namespace greenlane::client
