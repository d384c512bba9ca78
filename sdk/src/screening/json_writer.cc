#include "screening/json_writer.h"

#include "base/json.h"

namespace greenlane::screening {

JsonWriter& JsonWriter::separate() {
  // What opens something, and the end of the line before, needs no comma behind it.
  if (!out_.empty() && out_.back() != '{' && out_.back() != '[' && out_.back() != ':' && out_.back() != '\n') out_ += ',';
  return *this;
}

JsonWriter& JsonWriter::name(std::string_view key) {
  separate();
  out_ += '"';
  out_ += key;
  out_ += "\":";
  return *this;
}

JsonWriter& JsonWriter::open(char bracket, bool with_separator) {
  if (with_separator) separate();
  out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
  out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::member(std::string_view key, std::string_view text) {
  name(key);
  json::append_quoted(out_, text);
  return *this;
}

JsonWriter& JsonWriter::member(std::string_view key, std::int64_t number) {
  name(key);
  json::append_integer(out_, number);
  return *this;
}

JsonWriter& JsonWriter::member(std::string_view key, bool truth) {
  name(key);
  out_ += truth ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::raw_member(std::string_view key, std::string_view text) {
  name(key);
  out_ += text;
  return *this;
}

JsonWriter& JsonWriter::element(std::string_view text) {
  separate();
  json::append_quoted(out_, text);
  return *this;
}

void write_declaration(JsonWriter& out, std::string_view id, std::string_view digest) {
  out.begin_object("declaration");
  if (id.empty()) {
    out.raw_member("id", "null");
  } else {
    out.member("id", id);
  }
  out.member("digest", digest).end_object();
}

void write_pack(JsonWriter& out, const PackIdentity& pack) {
  out.begin_object("pack").member("id", pack.id).member("revision", pack.revision).member("digest", pack.digest);
  out.member("provenance", pack.provenance).member("freshness", pack.freshness).end_object();
}

void write_row(JsonWriter& out, const MatchedRow& row) {
  out.begin_object("row").member("list", row.list).member("line", static_cast<std::int64_t>(row.line)).begin_object("values");
  for (const auto& [column, value] : row.values) {
    if (value) {
      out.member(column, *value);
    } else {
      out.raw_member(column, "null");
    }
  }
  out.end_object().end_object();
}

}  // namespace greenlane::screening
