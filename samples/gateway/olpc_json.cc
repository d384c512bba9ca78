#include "olpc_json.h"

#include <algorithm>
#include <vector>

namespace greenlane::gateway {
namespace {

void append_string(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  out += '"';
}

void append(std::string& out, const json::Value& value) {
  switch (value.kind()) {
    case json::Kind::null: out += "null"; return;
    case json::Kind::boolean: out += value.boolean() ? "true" : "false"; return;
    case json::Kind::integer:
    case json::Kind::number: json::append_integer(out, value.integer()); return;
    case json::Kind::string: append_string(out, value.string()); return;
    case json::Kind::array: {
      out += '[';
      for (const json::Value& element : value.array()) {
        if (&element != value.array().data()) out += ',';
        append(out, element);
      }
      out += ']';
      return;
    }
    case json::Kind::object: {
      std::vector<const json::Member*> members;
      for (const json::Member& member : value.object()) members.push_back(&member);
      std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return a->key < b->key; });
      out += '{';
      for (std::size_t i = 0; i < members.size(); ++i) {
        if (i != 0) out += ',';
        append_string(out, members[i]->key);
        out += ':';
        append(out, members[i]->value);
      }
      out += '}';
      return;
    }
  }
}

}  // namespace

std::string olpc_canonical(const json::Value& value) {
  std::string out;
  append(out, value);
  return out;
}

}  // namespace greenlane::gateway
