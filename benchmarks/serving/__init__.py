"""The service: begin with `service`, load and drawn films; `hostile` sends what no honest client sends."""
