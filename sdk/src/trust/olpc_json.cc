#include "trust/olpc_json.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace greenlane::trust {
namespace {

void append_text(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

/// The members in the order of their keys: bytes of UTF-8 sort as code points do.
std::vector<const json::Member*> sorted(const json::Object& object) {
  std::vector<const json::Member*> members;
  members.reserve(object.size());
  for (const json::Member& member : object) members.push_back(&member);
  std::sort(members.begin(), members.end(), [](const json::Member* a, const json::Member* b) { return a->key < b->key; });
  return members;
}

class Writer {
 public:
  bool write(const json::Value& value) {
    switch (value.kind()) {
      case json::Kind::null:
        out_ += "null";
        return true;
      case json::Kind::boolean:
        out_ += value.boolean() ? "true" : "false";
        return true;
      case json::Kind::integer:
        json::append_integer(out_, value.integer());
        return true;
      case json::Kind::number:
        return false;
      case json::Kind::string:
        append_text(out_, value.string());
        return true;
      case json::Kind::array:
        return write_array(value.array());
      case json::Kind::object:
        return write_object(value.object());
    }
    return false;
  }

  std::string& out() noexcept { return out_; }
  /// Of the value that could not be written.
  std::string pointer() const {
    std::string place;
    for (auto at = path_.rbegin(); at != path_.rend(); ++at) place = json::pointer_child(place, *at);
    return place;
  }

 private:
  bool write_array(const json::Array& array) {
    out_ += '[';
    for (std::size_t i = 0; i < array.size(); ++i) {
      if (i > 0) out_ += ',';
      if (!write(array[i])) return stopped_at(std::to_string(i));
    }
    out_ += ']';
    return true;
  }

  bool write_object(const json::Object& object) {
    out_ += '{';
    bool first = true;
    for (const json::Member* member : sorted(object)) {
      if (!first) out_ += ',';
      first = false;
      append_text(out_, member->key);
      out_ += ':';
      if (!write(member->value)) return stopped_at(member->key);
    }
    out_ += '}';
    return true;
  }

  bool stopped_at(std::string token) {
    path_.push_back(std::move(token));
    return false;
  }

  std::string out_;
  std::vector<std::string> path_;  ///< innermost first
};

}  // namespace

Result<std::string> olpc_json(const json::Value& value) {
  Writer writer;
  if (writer.write(value)) return std::move(writer.out());
  return Error{.code = ErrorCode::invalid_document,
               .message = "a number with a fraction or an exponent cannot be signed; write a whole number or a text",
               .pointer = writer.pointer()};
}

}  // namespace greenlane::trust
