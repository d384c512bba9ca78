// Owners of what OpenSSL makes.
#pragma once

#include <memory>

struct bio_st;
struct evp_md_ctx_st;
struct evp_pkey_st;

namespace greenlane::crypto {

struct HandleDeleter {
  void operator()(bio_st* handle) const noexcept;
  void operator()(evp_md_ctx_st* handle) const noexcept;
  void operator()(evp_pkey_st* handle) const noexcept;
};

using BioHandle = std::unique_ptr<bio_st, HandleDeleter>;
using DigestHandle = std::unique_ptr<evp_md_ctx_st, HandleDeleter>;
using KeyHandle = std::unique_ptr<evp_pkey_st, HandleDeleter>;

}  // namespace greenlane::crypto
