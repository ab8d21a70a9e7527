"""Video: begin with `video`, which encodes and decodes clips; `reel` joins clips without encoding them again, and `exports`
writes other formats (`gif_files`, `transparency`). `stored` are frames that lie in a file, as values.
"""
